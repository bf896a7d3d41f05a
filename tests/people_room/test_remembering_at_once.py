"""Twenty people at twenty counters write down the same caller in the same second."""

import subprocess
import sys

SCRIPT = """
import django; django.setup()
import threading
from django.db import connection
from parvis.people.models import Person
from parvis.people.persons import ContactDetails, remember
failures, gate = [], threading.Barrier(8)

def write_down():
    try:
        gate.wait()
        for i in range(10):
            remember(ContactDetails("Alix Exemple", "alix@courrier.example", "418-555-0123"))
            remember(ContactDetails("Alix Exemple", phone="418-555-0123"))
            remember(ContactDetails(email=f"autre{i}@courrier.example", phone="418-555-0144"))
    except Exception as failure:
        failures.append(repr(failure))
    finally:
        connection.close()

threads = [threading.Thread(target=write_down) for _ in range(8)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
assert not failures, failures
print(Person.objects.filter(phone="+14185550123").count(), Person.objects.filter(phone="+14185550144").count())
"""


def test_eight_at_once_make_one_person(own_city):
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=own_city, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip(), done.stderr[-2000:]) == (0, "1 10", "")
