"""What each reference file is put to: one function a file, named as the file is."""
