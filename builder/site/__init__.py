"""A deck as a static site: to look at, to practise on, to print."""

from builder.site.content import Download, Item, Site, Topic
from builder.site.pages import pages, recipes

__all__ = ["Download", "Item", "Site", "Topic", "pages", "recipes"]
