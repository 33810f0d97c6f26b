// One line under the chat that says what went wrong and what to do. props.value = {text} or empty.
const line = element.querySelector("p");
watch("value", () => {
  line.textContent = props.value ? props.value.text : "";
});
