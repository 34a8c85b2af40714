"""Reports: one determination, many writers. They show a decision; they never make one."""
