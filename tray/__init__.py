"""Keeps AWS IAM Identity Center sign-ins alive, and asks before they end."""

__version__ = "0.1.0"
