SECRET_KEY = "for development only"
DEBUG = True
INSTALLED_APPS = ["shop"]
