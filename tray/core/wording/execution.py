"""What `exec` and `console` say."""

from __future__ import annotations

EXEC = "run a command with a profile's credentials"
EXEC_PROFILE = "the profile"
EXEC_MODE = "by an endpoint, so that they renew (the usual way), or by variables"
EXEC_COMMAND = "the command and its arguments, after --"
EXEC_EPILOG = """\
examples:
  sso-tray exec prod -- terraform plan
  sso-tray exec prod -- python long.py         outlives its first credentials
  sso-tray exec prod --mode env -- old-tool    for programs that only know variables

The exit status is the command's own. Signals are passed on to it.
"""
NO_COMMAND = (
    "There is no command to run.",
    "Put it after --, as in: sso-tray exec prod -- aws s3 ls",
)
CONSOLE = "open the AWS console of a profile in the browser"
CONSOLE_SERVICE = "begin at this service, such as s3 or ec2"
CONSOLE_PRINT = "print the address and open nothing"
SERVICE_ODD = (
    "That is no name of a service.",
    "It is the word in the console's own addresses, such as s3, ec2 or cloudwatch.",
)
