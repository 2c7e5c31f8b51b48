"""The ground floor: problems with a place, exact numbers, texts in three languages, documents."""
