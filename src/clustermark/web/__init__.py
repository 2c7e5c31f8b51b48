"""The web platform: people, time and access over the engine. Never a second way to compute."""
