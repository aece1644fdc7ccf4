"""Jobs: what analysts add is read by a process of its own, and goes on after a restart."""
