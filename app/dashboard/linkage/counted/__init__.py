"""Behind every figure of the linkage pages: the list of what it counts."""
