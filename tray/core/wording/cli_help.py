"""What `sso-tray --help` and the help of each command say; plain ASCII."""

from __future__ import annotations

PROGRAM = "sso-tray"
ABOUT = "Keeps your AWS IAM Identity Center sign-ins alive, and asks before they end."
COMMANDS = "commands"
EXAMPLES = """\
examples:
  sso-tray run                      start the tray and leave it running
  sso-tray demo                     see all of it, without an AWS account
  sso-tray status                   how does each session stand?
  sso-tray login --session corp     log in, and wait until that is done
  sso-tray refresh --all            renew whatever is due; no browser opens
  sso-tray status --json | jq -r '.sessions[] | [.name, .phase] | @tsv'

exit status:
  0 done           1 failed             2 wrong usage     3 you must log in
  4 can't tell now, as when offline     5 the AWS config is wrong
  130 interrupted

Each command works with and without the tray running.
"""
WORST = """\
With --all every session gets its turn, whatever happens to the others, and the exit
status is the worst of theirs: 1, then 5, then 3, then 4, then 0.
"""
LOGIN_EXAMPLES = (
    """\
examples:
  sso-tray login                    with one session in the config
  sso-tray login --profile dev      whichever session the profile uses
  sso-tray login --all              one after the other, those that need it
  sso-tray login --device-code --no-browser
                                    over SSH: open the address on any machine

"""
    + WORST
)

DEBUG = "show what happens inside, and tracebacks"
VERSION = "print the version and exit"
HELP = "show this help and exit"
RUN = "watch and renew, with an icon in the tray"
RUN_HEADLESS = "no icon; only notices and the commands"
DEMO = "see all of it in three minutes, without an AWS account"
DEMO_HEADLESS = "show the board in the terminal instead of the tray"
DEMO_MINUTES = "end by itself after so many minutes"
DEMO_NO_BROWSER = "open no browser; a scripted person logs in"
STATUS = "show how each session stands"
STATUS_SESSION = "show this session only"
STATUS_JSON = "print JSON for scripts; the same as --format json"
STATUS_WATCH = "stay, and show every change"
STATUS_FORMAT = "how to print it; a table unless told otherwise"
LOGIN = "log in and wait until that is done"
LOGIN_SESSION = "log in to this session; needless when there is only one"
LOGIN_PROFILE = "log in to the session that this profile uses"
LOGIN_ALL = "log in to all that need it, one after the other"
LOGIN_PKCE = "come back from the browser by itself (the usual way)"
LOGIN_DEVICE = "approve a code instead, on this machine or on another one"
LOGIN_NO_BROWSER = "open no browser; only print the address"
DRY_RUN = "show the whole change and write nothing"
YES = "write without asking"
UNDO = "take back our last change of the AWS config"
LOGIN_FRESH = "end the sign-in that is there first, so that a new one begins"
LOGOUT = "end a session, and only that one"
LOGOUT_SESSION = "end this session; needless when there is only one"
LOGOUT_ALL = "end all sessions"
REFRESH = "renew silently whatever is due; never opens a browser"
REFRESH_SESSION = "renew this session; needless when there is only one"
REFRESH_ALL = "renew every session"
REFRESH_FORCE = "renew now, even if it is not due"
PROFILES = "list the profiles, and until when each is safe to rely on"
PROFILES_SESSION = "list the profiles of this session only"
PROFILES_JSON = "print JSON for scripts"
SNOOZE = "tell nothing for a while"
SNOOZE_DURATION = "for how long, such as 15m or 2h; else as the settings say"
MUTE = "tell nothing until a session has ended"
QUIET_SESSION = "about this session only; else about all"
PAUSE = "renew nothing until 'sso-tray resume'"
RESUME = "go back to normal after snooze, mute and pause"

NO_COMMAND = "Tell sso-tray what to do, such as 'sso-tray status'."
MINUTES_WANTED = "a number of minutes above zero is wanted"
