"""The Local Data Bank (Bank Danych Lokalnych, BDL) of Statistics Poland: API and web export."""
