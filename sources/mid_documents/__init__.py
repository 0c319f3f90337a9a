"""Municipal action plans (MID) read from their documents: what they are about, what they contain.

`reading.read_mid` takes a document in the neutral form of `sources.documents` and gives a
`MidReading`, or nothing for a document that is no MID. `docs/mid-documents.md` tells the rules.
"""
