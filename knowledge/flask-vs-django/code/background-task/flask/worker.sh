celery --app app.celery worker
