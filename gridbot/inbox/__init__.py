"""Taking in: each event once, in order, durable before it is acknowledged; mere chatter leaves only a key."""
