"""When and where groups meet, and what is counted of it. Never imports `sessions.circle`: who plans can't listen."""
