"""Jobs: the workers that take them, what is due every day, and what becomes of a job whose worker was stopped."""
