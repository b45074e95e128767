export interface Config {
  sidetrace?: {
    /**
     * Where the folder `docs` of Sidetrace is published: findings link to the page of their check below it. No links
     * when not given.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
