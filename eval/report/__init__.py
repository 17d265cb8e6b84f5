"""What a run looks like to people: one self-contained page, or Markdown. Everything untrusted is escaped."""

from eval.report.markdown import render_markdown
from eval.report.page import (
    render_comparison,
    render_comparison_part,
    render_html,
    render_question_part,
    render_run_part,
)

__all__ = [
    "render_comparison",
    "render_comparison_part",
    "render_html",
    "render_markdown",
    "render_question_part",
    "render_run_part",
]
