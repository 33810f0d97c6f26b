"""Gradio's own parts (buttons, fields, the chat's frame) in the page's colours and fonts; no font is fetched."""

import gradio as gr

SANS = ("-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Return the theme; the same colours, under the same names, stand at the head of ``colours.css``."""
    return gr.themes.Base(font=SANS, font_mono=_MONO, text_size=gr.themes.sizes.text_md).set(
        body_background_fill="#faf9f6",
        body_background_fill_dark="#16181b",
        body_text_color="#1f2328",
        body_text_color_dark="#e7e6e3",
        body_text_color_subdued="#5f6771",
        body_text_color_subdued_dark="#9aa3ad",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1e2125",
        background_fill_secondary="#faf9f6",
        background_fill_secondary_dark="#16181b",
        border_color_primary="#e4e1da",
        border_color_primary_dark="#30343a",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_shadow_dark="none",
        button_primary_background_fill="#9a3412",
        button_primary_background_fill_dark="#f0a070",
        button_primary_background_fill_hover="#7c2a0f",
        button_primary_background_fill_hover_dark="#f5b48d",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#1e2125",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="#fdf1e7",
        button_secondary_background_fill_hover_dark="#33261d",
        button_secondary_text_color="#1f2328",
        button_secondary_text_color_dark="#e7e6e3",
        color_accent="#9a3412",
        color_accent_soft="#fdf1e7",
        color_accent_soft_dark="#33261d",
        input_background_fill="transparent",
        input_background_fill_dark="transparent",
        input_border_width="0px",
        loader_color="#9a3412",
        loader_color_dark="#f0a070",
    )
