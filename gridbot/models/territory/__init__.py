"""Who and where: the tree, its posts and groups, households and residents, places, accounts."""
