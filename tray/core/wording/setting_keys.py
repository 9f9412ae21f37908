"""What each setting means, as the settings file and the docs tell it."""

from __future__ import annotations

SESSION_DURATION = (
    "How long your sign-in lasts, if you know it (your administrator set it)."
)
MODE = (
    "How sessions ask for you:\n"
    "  silent  only the icon and the menu tell\n"
    "  notify  a notice before the end, and when it has ended\n"
    "  open    a notice, and the browser opens by itself\n"
    "  manual  nothing happens by itself, not even a renewal"
)
NOTICE_BEFORE = "How long before its end you are told."
SNOOZE = 'How long "Snooze" keeps quiet.'
QUIET_HOURS = "When nobody should be told anything; what came meanwhile is told after."
IDLE_AFTER = (
    "Without a key or a pointer for so long you are away, and notices wait for you."
)
WORKING_HOURS = (
    "When you work: an end in the middle of it is announced early, "
    "in time for a better moment."
)
DAILY_LOGIN = "When you like to log in, where the sign-in would not last the day."
LOGIN_TIMEOUT = "How long a log-in waits for you."
OF_TABLES = {
    "sessions": "The same for one session, by its name in ~/.aws/config:",
    "profiles": "For one profile, by its name in ~/.aws/config:",
}
OF_SESSION_DURATION = "How long this session's sign-in lasts."
OF_SESSION_MODE = "How this session asks for you."
CLI_CACHE = (
    "Whether the AWS CLI finds this profile's credentials in its own cache, at once."
)
MIRROR = (
    "Whether this profile's credentials also stand in ~/.aws/credentials, "
    "for old tools."
)
PROTECTED = (
    "Whether programs that want this profile wait until you say yes, "
    "for 30 minutes or once."
)
AUDIT = (
    "Whether a note is kept, on this machine, of who asked for which profile and when."
)
STORAGE = (
    "Where this session's token rests:\n"
    "  shared  in ~/.aws/sso/cache, for all tools\n"
    "  strict  in the system's keyring alone; tools need credential_process"
)
