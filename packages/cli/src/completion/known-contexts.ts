/** Contexts of a kubeconfig; none when there is no such file yet. */
export async function knownContexts(kubeconfig: string | undefined): Promise<readonly string[]> {
  const { ClusterError, listContexts } = await import('@sidetrace/loader/cluster');
  try {
    return listContexts(kubeconfig);
  } catch (error) {
    if (error instanceof ClusterError) return [];
    throw error;
  }
}
