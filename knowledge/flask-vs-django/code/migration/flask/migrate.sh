flask db init
flask db migrate -m "Add books"
flask db upgrade
