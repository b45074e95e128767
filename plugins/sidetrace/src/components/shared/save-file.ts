/** Offers a file as a download under this name. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken hold of the blob once the click has been handled
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Offers a text as a download under this name. */
export function saveFile(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
