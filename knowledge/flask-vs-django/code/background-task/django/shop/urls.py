from django.urls import path
from django.views.decorators.http import require_POST

from .views import pay

urlpatterns = [path("orders/<int:order>/pay", require_POST(pay))]
