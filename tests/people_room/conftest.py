from tests.people_room.own_city import own_city

__all__ = ["own_city"]
