"""The help of the commands that write profiles."""

from __future__ import annotations

CONFIGURE = "set up a sign-in and its profiles, step by step"
CONFIGURE_EPILOG = """\
Asks for what it has not been told; nothing is written before the end, and leaving
(Ctrl-C) leaves nothing behind. With --yes it takes what it would have proposed.

examples:
  sso-tray configure
  sso-tray configure --start-url acme --yes
  sso-tray configure --start-url https://acme.awsapps.com/start --region eu-west-1 \\
      --account Sandbox --role ReadOnly --profile-name sandbox --yes"""
START_URL = "the access portal: its address, or the company's name in it"
REGION = "the region of the IAM Identity Center, where its address does not tell it"
SESSION_NAME = "what the session is called in the config"
ACCOUNT = (
    "an account to write profiles for, by number or name; may be given several times"
)
ROLE = "a role to write profiles for; may be given several times"
DEFAULT_REGION = "the default region of the profiles"
OUTPUT = "the output format of the profiles for the AWS CLI"
PROFILE_NAME = "what the profiles are called: a name, or a template as for sync"
CONFIGURE_YES = "ask nothing: take as proposed what has no answer yet"

SYNC = "bring profiles into step with the accounts and roles that you can reach"
SYNC_EPILOG = """\
Shows what would change and asks before it writes. Profiles that you wrote yourself are
never touched. Template and filter are remembered for the session.

examples:
  sso-tray sync --dry-run
  sso-tray sync --template '{account_name|lower|dash}-{role|lower}'
  sso-tray sync --filter 'role=ReadOnly and not account~^legacy-' --yes

Fields: account_name, account_id, email, role, session. Filters of fields: lower, upper,
title, dash, underscore, dot, none. Conditions: account, account_id, account_name,
role, email with = != (and * ?) or ~ !~ (a regular expression); and, or, not, ( )."""
SYNC_SESSION = "about this session's profiles; needless when there is only one"
TEMPLATE = "what new profiles are called"
FILTER = "which accounts and roles profiles are wanted for; '' for all"
PRUNE = "remove profiles of ours that are out of reach or not wanted"
RENAME = "rename profiles of ours whose account is called otherwise now"
