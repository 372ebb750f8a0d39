"""Where vectors lie: FAISS in this process, or Milvus as a file or a cluster."""
