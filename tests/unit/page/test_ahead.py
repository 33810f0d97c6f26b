"""What stands in for the page is put first in Gradio's page."""

from bot.page.ahead import stand_ahead

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" /><base href="./" />
<meta property="og:title" content="Gradio" />
<meta
  name="twitter:image"
  content="https://example.org/header.jpg"
/>
<script>window.gradio_config = {"css": "a </b>"};</script><link rel="stylesheet" href="./a.css">
</head>
<body style="margin: 0"><gradio-app></gradio-app></body>
</html>
"""


def test_it_stands_before_all_that_is_loaded() -> None:
    made = stand_ahead(PAGE)
    places = [
        made.index(part) for part in ("<title>", '<body style="margin: 0">', 'id="ahead"', "<base", "gradio_config")
    ]
    assert places == sorted(places)
    assert made.index("gradio_config") < made.index("./a.css") < made.index("<gradio-app>")
    assert made.count("<head>") == made.count("</head>") == made.count("<body") == made.count("</body>") == 1
    assert len(made[: made.index("<base")].encode()) < 9_000  # it is there with the first packets


def test_a_link_to_it_shows_our_name() -> None:
    made = stand_ahead(PAGE)
    assert '<meta property="og:title" content="有据 Youju">' in made
    assert "twitter" not in made and 'content="Gradio"' not in made


def test_a_page_of_another_form_stays() -> None:
    assert stand_ahead("<p>Bad gateway</p>") == "<p>Bad gateway</p>"
    assert stand_ahead(PAGE.replace("<head>", "")) == PAGE.replace("<head>", "")
