// Post
