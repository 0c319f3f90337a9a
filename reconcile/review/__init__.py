"""What people decide and correct: the queue of questions, and when an answer still holds.

Pure functions on frames. A decision is applied only as long as the question, the choice and the
state of the register are those that it was made on; otherwise it has expired, and the queue says
so. A correction is applied only as long as the source shows the wrong value.
"""
