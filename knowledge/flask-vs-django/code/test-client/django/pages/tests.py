from django.test import SimpleTestCase


class HelloTests(SimpleTestCase):
    def test_greets_by_name(self):
        response = self.client.get("/hello/Ann")

        self.assertEqual(response.status_code, 200)
        self.assertContains(response, "Hello, Ann!")
