/** Name of the lab that the integration tests share. */
export const testLab = 'tlv'
