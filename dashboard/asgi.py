"""The application for any ASGI server: `uvicorn dashboard.asgi:app`, or run as a program.

python -m dashboard.asgi
"""

from dashboard.ui.shell import server, settings

if __name__ == "__main__":
    server.serve()
else:
    app = server.application(settings.read())
