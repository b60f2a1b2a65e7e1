"""The examples to begin with, and what their authors published."""
