from django.urls import path
from django.views.decorators.http import require_POST

from .views import confirm

urlpatterns = [
    path("orders/<int:number>/confirm", require_POST(confirm)),
]
