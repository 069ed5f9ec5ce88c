from app import app


def test_greets_by_name():
    client = app.test_client()

    response = client.get("/hello/Ann")

    assert response.status_code == 200
    assert response.text == "Hello, Ann!"
