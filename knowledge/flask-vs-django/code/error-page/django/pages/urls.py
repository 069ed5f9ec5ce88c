handler404 = "pages.views.not_found"
urlpatterns = []
