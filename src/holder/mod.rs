//! The student's folder: artifacts, placements, requests and credentials on disk.
