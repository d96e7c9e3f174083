"""What an organisation knows: documents, tables and logic blocks, and the immutable theory made of them."""
