gunicorn shop.wsgi --workers 2 --bind "0.0.0.0:${PORT:-8000}"
