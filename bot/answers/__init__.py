"""From a question to an answer or a refusal: one file a way of answering."""
