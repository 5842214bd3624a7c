"""The application for any ASGI server: `uvicorn dashboard.asgi:app`, or run as a program.

python -m dashboard.asgi
"""

import sys

from dashboard.errors import DashboardError
from dashboard.ui.shell import server, settings

if __name__ == "__main__":
    try:
        server.serve()
    except DashboardError as error:
        print(error, file=sys.stderr)
        raise SystemExit(error.exit_code) from None
else:
    app = server.application(settings.read())
