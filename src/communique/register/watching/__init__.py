"""Watches: standing questions to the register, and how their answers reach people."""
