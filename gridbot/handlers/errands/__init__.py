"""Matters with stages of their own: papers carried for a resident, signed opinions, disputes."""
