celery --app shop worker
