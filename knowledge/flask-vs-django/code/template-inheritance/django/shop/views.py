from django.shortcuts import render


def offers(request):
    names = ["Tea", "Salt & pepper"]
    return render(request, "offers.html", {"names": names})
