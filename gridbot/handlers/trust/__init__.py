"""Who somebody is and what others may know of him: binding, sign-in, impersonation, privacy."""
