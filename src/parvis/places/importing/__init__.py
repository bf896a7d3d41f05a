"""Files of open data made rows: zones, streets, public places. Again changes nothing."""
