python manage.py makemigrations shop
python manage.py migrate
