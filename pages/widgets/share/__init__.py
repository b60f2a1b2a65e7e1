"""The parts of the Share page, one a file: link, pictures, programs, and files to open."""
