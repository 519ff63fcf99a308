"""Recording: what a camera gives -> a sealed clip that outlives whatever ends it."""
